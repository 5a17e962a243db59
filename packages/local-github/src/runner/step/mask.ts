/** Replaces secret values by `***`. Values are added while the job runs; a text is masked before it leaves the runner. */
export class Masker {
  #values: string[] = [];
  readonly #known = new Set<string>();

  /** Adds a value, its lines, and the forms it takes in JSON, URLs and base64. */
  add(value: string): void {
    const lines = value.split(/\r?\n/).map((line) => line.trim());
    for (const text of [value.trim(), ...lines]) {
      if (text === "") continue;
      for (const form of [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text), ...base64Forms(text)]) {
        if (form !== "" && !this.#known.has(form)) {
          this.#known.add(form);
          this.#values.push(form);
        }
      }
    }
  }

  mask(text: string): string {
    const found = this.#values.flatMap((value) => spans(text, value));
    if (found.length === 0) return text;
    found.sort((left, right) => left.start - right.start);
    let masked = "";
    let end = 0;
    for (const span of found) {
      // Overlapping values become one ***, so that no rest of the second one stays readable.
      if (span.start >= end) masked += `${text.slice(end, span.start)}***`;
      end = Math.max(end, span.end);
    }
    return masked + text.slice(end);
  }

  /** Whether a text would be changed by masking. */
  isSecret(text: string): boolean {
    return this.#values.some((value) => text.includes(value));
  }
}

function spans(text: string, value: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    found.push({ start: at, end: at + value.length });
  }
  return found;
}

/** base64 of a value depends on where in a longer text it stands: three shifts, without the characters that mix with neighbours. */
function base64Forms(text: string): string[] {
  const bytes = Buffer.from(text);
  if (bytes.length < 6) return [];
  return [0, 1, 2].map((shift) => {
    const encoded = bytes.subarray(shift).toString("base64");
    return encoded.slice(0, Math.floor((bytes.length - shift) / 3) * 4);
  });
}
