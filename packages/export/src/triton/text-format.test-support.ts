/** A message of protobuf's text format: its fields in order, each with all the values that it is given. */
export type TextMessage = Map<string, (string | TextMessage)[]>;

const TOKEN = /\s*(?:#[^\n]*\n)?\s*(?:("(?:[^"\\]|\\.)*")|([\w.+-]+)|([{}[\]:,]))/uy;

const tokensOf = (text: string): string[] => {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== '') {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new SyntaxError(`Not protobuf text: ${text.slice(at, at + 20)}`);
    tokens.push((match[1] ?? match[2] ?? match[3]) as string);
  }
  return tokens;
};

/** Reads protobuf's text format, as far as model configurations use it. Numbers and enums stay texts. */
export const parseTextFormat = (text: string): TextMessage => {
  const tokens = tokensOf(text);
  const next = (): string => {
    const token = tokens.shift();
    if (token === undefined) throw new SyntaxError('Protobuf text ends too early.');
    return token;
  };
  const expect = (wanted: string): void => {
    const token = next();
    if (token !== wanted) throw new SyntaxError(`"${wanted}" is missing before "${token}".`);
  };
  const value = (): string | TextMessage => {
    const token = next();
    if (token === '{') return message('}');
    return token.startsWith('"') ? (JSON.parse(token) as string) : token;
  };
  const values = (): (string | TextMessage)[] => {
    if (tokens.at(0) !== '[') return [value()];
    expect('[');
    const all: (string | TextMessage)[] = [];
    while (tokens.at(0) !== ']') {
      all.push(value());
      if (tokens.at(0) !== ']') expect(',');
    }
    expect(']');
    return all;
  };
  const message = (end: string | undefined): TextMessage => {
    const fields: TextMessage = new Map();
    while (tokens.length > 0 && tokens.at(0) !== end) {
      const name = next();
      if (tokens.at(0) === ':') next();
      fields.set(name, [...(fields.get(name) ?? []), ...values()]);
      if (tokens.at(0) === ',') next();
    }
    if (end !== undefined) expect(end);
    return fields;
  };
  return message(undefined);
};
