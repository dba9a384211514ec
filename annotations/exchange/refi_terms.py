"""Terms of REFI-QDA that reading and writing share."""

XML_NAMESPACE = "urn:QDA-XML:project:1.0"
CODEBOOK_NAMESPACE = "urn:QDA-XML:codebook:1.0"
HUE_COLOURS = "#3566b8 #b2532c #14807a #7d3c78 #6f7216 #5e4bb5 #a33a32 #2b7ea8 #4a7a35 #96690f #b23a6f #566270".split()
ORIGIN = "Newsreader"
RETIRED_SET_NAME = "Retired tags"
RETIRED_SET_GUID = "0f8e6d0c-6c0b-5a56-9a0d-3b1f5c1f7a42"  # of the set in which our files keep retired tags


def normalise_guid(guid: str | None) -> str:
    """Return the GUID without braces and in lower case; empty where there is none."""
    return (guid or "").strip("{} ").lower()
