"""The app that snippets may import from: a radio's shows, who hosts them and their episodes."""

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Person(models.Model):
    name = models.CharField(max_length=60)

    def __str__(self):
        return self.name


class Profile(models.Model):
    person = models.OneToOneField(Person, on_delete=models.CASCADE)
    bio = models.TextField(blank=True, default="")


class Tag(models.Model):
    name = models.CharField(max_length=30, unique=True)


class Show(models.Model):
    title = models.CharField(max_length=80)
    live = models.BooleanField(default=False)
    plays = models.IntegerField(default=0)
    host = models.ForeignKey(Person, models.CASCADE, null=True, related_name="shows")
    tags = models.ManyToManyField(Tag, related_name="shows")
    notes = GenericRelation("radio.Note")

    def __str__(self):
        return self.title


class Episode(models.Model):
    """Has no `__str__`: some questions are about that."""

    show = models.ForeignKey(Show, models.CASCADE, related_name="episodes")
    number = models.IntegerField(default=1)
    title = models.CharField(max_length=80, blank=True, default="")
    seconds = models.IntegerField(default=0)
    aired = models.DateField(null=True, blank=True)


class Note(models.Model):
    """Belongs to an object of any model."""

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("content_type", "object_id")
    text = models.CharField(max_length=120)
