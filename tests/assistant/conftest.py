from tests.models import models_at_hand

__all__ = ["models_at_hand"]  # most tests here open an archive
