/** How many there are: more than were loaded is said as such, `200+`. */
export function countText(count: number, more: boolean): string {
  return `${count.toLocaleString("en")}${more ? "+" : ""}`;
}
