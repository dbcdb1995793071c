"""The product catalogue, prices, and products on deals."""
