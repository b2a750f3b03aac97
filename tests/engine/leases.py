"""Made leases: drafts of one, and the same form filled in for others."""

from __future__ import annotations

_FORM = """Lease of a dwelling

This lease is made between {landlord} (the Landlord), of 12 Harbour Lane, and {tenant} (the Tenant).

Premises. The Landlord lets to the Tenant the flat on the second floor of the old mill, with its
cellar and the use of the yard, in the state in which it was seen on the day of signing.

Rent. The rent is {rent} EUR a month, payable in advance on the third working day of each month.
{tenant} pays the costs of heating and water beside it, by yearly account.

Deposit. {tenant} pays a deposit of three months' rent to an account that bears interest. It is
repaid within six months after the end of the lease, less what is owed.

Repairs. The Landlord keeps the roof, the walls and the pipes in repair. The Tenant bears the cost
of small repairs up to 100 EUR each, and not more than 300 EUR in a year.

Notice. Either party may end the lease by notice of three months to the end of a month. Notice is
given in writing and signed by hand. {landlord} gives the reasons of its notice.

Pets. The Tenant may keep small animals. Dogs need the consent of the Landlord.

Keys. All keys are given back at the end, those that the Tenant had made among them.

Signed on {day} by {landlord} and by {tenant}.
"""


def lease(
    rent: str = "1,200",
    tenant: str = "Anna Miller",
    landlord: str = "Parkgate Properties",
    day: str = "5 January 2024",
) -> str:
    """About 220 words."""
    return _FORM.format(rent=rent, tenant=tenant, landlord=landlord, day=day)
