from tests.models import model_at_hand

__all__ = ["model_at_hand"]  # most tests here open an archive
