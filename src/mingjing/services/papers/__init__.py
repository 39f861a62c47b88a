"""裁判文书: proofread before they are issued, searched for like cases, sealed when the case is archived."""
