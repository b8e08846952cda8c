"""What the API of accounts takes and gives. Fields not named here are ignored."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from django.core.validators import RegexValidator
from rest_framework import serializers

from accounts.models import Company, Membership, User
from accounts.roles import Role

# Argon2 takes any length; nobody types more, and hashing a megabyte costs us.
LONGEST_PASSWORD_CHARS = 256
ROLES = [(role.value, role.value) for role in Role]
HIDDEN: Mapping[str, Any] = {
    "write_only": True,
    "max_length": LONGEST_PASSWORD_CHARS,
    "trim_whitespace": False,
    "style": {"input_type": "password"},
}


class RegisterSerializer(serializers.Serializer[Any]):
    """Who registers."""

    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(**HIDDEN, help_text="At least 12 characters.")
    full_name = serializers.CharField(max_length=150, default="", allow_blank=True)


class CredentialsSerializer(serializers.Serializer[Any]):
    """Who signs in."""

    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(**HIDDEN)


class RefreshSerializer(serializers.Serializer[Any]):
    """A refresh token, to be exchanged or revoked."""

    refresh = serializers.CharField(max_length=4096)


class TokenPairSerializer(serializers.Serializer[Any]):
    """A short access token, and a refresh token that can be used once."""

    access = serializers.CharField(help_text="Valid for 15 minutes.")
    refresh = serializers.CharField(help_text="Valid for 7 days, and for one use.")


class ProfileSerializer(serializers.ModelSerializer[User]):
    """A person, to themselves."""

    class Meta:
        model = User
        fields = ("id", "email", "full_name", "is_staff", "date_joined")
        read_only_fields = ("id", "email", "is_staff", "date_joined")


class PasswordSerializer(serializers.Serializer[Any]):
    """A change of password."""

    current_password = serializers.CharField(**HIDDEN)
    new_password = serializers.CharField(**HIDDEN, help_text="At least 12 characters.")


class CompanySerializer(serializers.ModelSerializer[Company]):
    """A company, with the role of whoever asks."""

    rut = serializers.CharField(
        max_length=20, help_text="With or without dots; answered as `76.086.428-5`."
    )
    time_zone = serializers.CharField(max_length=64, default="America/Santiago")
    currency = serializers.CharField(
        max_length=3, default="CLP", validators=[RegexValidator(r"^[A-Z]{3}\Z")]
    )
    quality_threshold = serializers.IntegerField(
        min_value=0, max_value=100, default=95, help_text="0 lets every file land."
    )
    role = serializers.ChoiceField(choices=ROLES, read_only=True)

    class Meta:
        model = Company
        fields = (
            "id",
            "name",
            "rut",
            "industry",
            "size",
            "time_zone",
            "decimal_mark",
            "date_order",
            "currency",
            "quality_threshold",
            "role",
            "created_at",
        )
        read_only_fields = ("id", "created_at")

    def validate_time_zone(self, value: str) -> str:
        if value not in available_timezones():
            raise serializers.ValidationError("no such time zone", code="invalid")
        return value


class CompanyChangeSerializer(CompanySerializer):
    """A change of a company; the RUT stays what it is."""

    rut = serializers.CharField(read_only=True)


class MemberSerializer(serializers.ModelSerializer[Membership]):
    """A member of a company."""

    user_id = serializers.UUIDField(read_only=True)
    email = serializers.EmailField(source="user.email", read_only=True)
    full_name = serializers.CharField(source="user.full_name", read_only=True)
    role = serializers.ChoiceField(choices=ROLES)

    class Meta:
        model = Membership
        fields = ("id", "user_id", "email", "full_name", "role", "created_at")


class NewMemberSerializer(serializers.Serializer[Any]):
    """Whom to let in, and as what."""

    email = serializers.EmailField(max_length=254)
    role = serializers.ChoiceField(choices=ROLES)


class RoleSerializer(serializers.Serializer[Any]):
    """Another role for a member."""

    role = serializers.ChoiceField(choices=ROLES)
