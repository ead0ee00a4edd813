"""The page: a Gradio chat on a FastAPI application, with its panels, texts and routes."""
