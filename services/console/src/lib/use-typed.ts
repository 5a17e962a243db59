import { useEffect, useRef, useState } from "react";

/**
 * What a person types for a value that is kept elsewhere, such as in the URL. Nothing typed is lost while the value follows; a value that was not
 * told from here (back, a link, Clear) replaces it.
 */
export function useTyped(value: string, onTell: (text: string) => void) {
  const [typed, setTyped] = useState(value);
  // Values on their way: they come back one by one while a person types on.
  const told = useRef([value]);
  useEffect(() => {
    const place = told.current.lastIndexOf(value);
    if (place < 0) setTyped(value);
    told.current = place < 0 ? [value] : told.current.slice(place);
  }, [value]);
  return {
    typed,
    type: setTyped,
    tell: (text: string): void => {
      const next = text.trim();
      if (next === told.current.at(-1)) return;
      told.current.push(next);
      onTell(next);
    },
  };
}
