// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROLS = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

/** Makes a name from elsewhere safe to show on one line: control and direction characters become "�". */
export const printable = (text: string): string => text.replaceAll(CONTROLS, '\uFFFD');
