"""An answer: what came out for a case, as data, as a picture, and held against what was expected."""
