"""Agreement: how far coders who read the same texts come to the same decisions, beyond chance."""

from annotations.agreement.coefficients import alpha, cohen_kappa, fleiss_kappa, percent
from annotations.agreement.unitising import alpha_u
from annotations.agreement.units import tokens

__all__ = ["alpha", "alpha_u", "cohen_kappa", "fleiss_kappa", "percent", "tokens"]
