"""All SQL of the product. Every change is one transaction with its line in the audit trail."""
