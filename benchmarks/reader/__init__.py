"""Training the reader: examples, contrasts made by script, the network, and its export for the product."""
