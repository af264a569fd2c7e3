"""Agreement between predicted and gold stories."""
