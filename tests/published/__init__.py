"""The published reports these tables come from, beside the same tables made from single cases."""
