"""What a sentence must share with its evidence, one kind of fact a module. Pure functions of text."""
