"""Sentences: a policy in Chinese, sentence by sentence, each with its articles and its origin."""
