"""What an office holds in its hands: results as data, as a picture, and rules in sentences."""
