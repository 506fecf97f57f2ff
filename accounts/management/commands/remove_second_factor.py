"""Let the last administrator in again who lost phone and recovery codes: needs the server itself."""

from django.core.management.base import BaseCommand, CommandError

from accounts import second_factor
from accounts.events import record
from accounts.models import SecurityEventKind, User


class Command(BaseCommand):
    help = "Remove the second factor and the recovery codes of one account."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username, **options):
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account named {username!r}.")
        if not second_factor.remove(user):
            raise CommandError(f"The account {username!r} has no second factor.")
        record(SecurityEventKind.FACTOR_REMOVED, user)
        self.stdout.write(f"The second factor of {username!r} has been removed.")
