"""Landed sales as the API gives them. Amounts are texts: no client rounds them."""

from typing import Any

from rest_framework import serializers


def _amount(**options: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=16, decimal_places=4, **options)


class TransactionSerializer(serializers.Serializer[Any]):
    """A sale line, known by transaction, product and occurrence."""

    upload_id = serializers.UUIDField(help_text="The upload that wrote it last.")
    occurred_at = serializers.DateTimeField()
    transaction_id = serializers.CharField()
    product_id = serializers.CharField()
    occurrence = serializers.IntegerField(
        help_text="Counts equal pairs in a file: two equal lines are two sales."
    )
    quantity = serializers.DecimalField(max_digits=14, decimal_places=4)
    price_total = _amount()
    transaction_type = serializers.CharField(allow_null=True)
    customer_id = serializers.CharField(allow_null=True)
    description = serializers.CharField(allow_null=True)
    category = serializers.CharField(allow_null=True)
    unit_type = serializers.CharField(allow_null=True)
    stock = serializers.DecimalField(max_digits=14, decimal_places=4, allow_null=True)
    cost_unit = _amount(allow_null=True)
    cost_total = _amount(allow_null=True)
    price_unit = _amount(allow_null=True)
    discount_total = _amount(allow_null=True)
    commission_total = _amount(allow_null=True)
    margin = _amount(allow_null=True)
    extra = serializers.DictField(
        allow_null=True, help_text="Other columns, where `keep_extra` asked for them."
    )


class TransactionsPageSerializer(serializers.Serializer[Any]):
    """A page of sales, oldest first."""

    next = serializers.URLField(allow_null=True)
    results = TransactionSerializer(many=True)
