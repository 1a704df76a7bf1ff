"""Who trains whom: week plans, cases signed together, questions; it judges nobody."""
