"""Properties are about results, not about how busy the machine is."""

from hypothesis import settings

settings.register_profile("elocoop", deadline=None, max_examples=50)
settings.load_profile("elocoop")
