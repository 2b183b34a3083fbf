import { ServiceTime } from './service-time.ts';

describe('the service time', () => {
  test('is unknown before anything was measured, and then what was', () => {
    const time = new ServiceTime();
    expect(time.meanSeconds).toBeUndefined();
    time.add(0.2);
    expect(time.meanSeconds).toBe(0.2);
  });

  test('follows a change, and is moved little by one that is out of line', () => {
    const time = new ServiceTime();
    time.add(0.1);
    time.add(2.1);
    expect(time.meanSeconds).toBeCloseTo(0.2, 10);
    for (let picture = 0; picture < 200; picture += 1) time.add(1);
    expect(time.meanSeconds).toBeCloseTo(1, 3);
  });
});
