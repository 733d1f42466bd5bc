"""Reports: findings in the form that people, programs and code hosts read."""
