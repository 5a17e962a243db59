/** The skill the soak runs: it writes down that it was carried out. */
export const skill_name = "soak-effect";
