"""What a question asks: its kind of answer, its words, its days, and what it leans on."""
