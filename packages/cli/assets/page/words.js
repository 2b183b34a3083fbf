/**
 * "97 %", or "<1 %" for what is there and rounds to nothing.
 *
 * @param {number} thousandths
 */
export const percent = (thousandths) => {
  const rounded = Math.round(thousandths / 10);
  return rounded === 0 && thousandths > 0 ? '<1 %' : `${rounded} %`;
};

/**
 * "0:07.4"
 *
 * @param {number} milliseconds
 */
export const clock = (milliseconds) => {
  const tenths = Math.round(milliseconds / 100);
  const minutes = Math.floor(tenths / 600);
  const seconds = ((tenths % 600) / 10).toFixed(1).padStart(4, '0');
  return minutes < 60
    ? `${minutes}:${seconds}`
    : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${seconds}`;
};

/**
 * "1 face", "3 faces"
 *
 * @param {number} number
 * @param {string} noun
 */
export const count = (number, noun) => `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
