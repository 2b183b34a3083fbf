import { estimateAngles } from './face-angles.ts';
import { headLandmarks } from './head.test-support.ts';

const TURNS = [-0.9, -0.4, 0, 0.25, 0.7];

describe('estimateAngles', () => {
  test.each(TURNS)('finds a yaw of %d whatever the roll', (yawRad) => {
    for (const rollRad of [0, 0.5, -1.2]) {
      const angles = estimateAngles(headLandmarks({ yawRad, rollRad }));
      expect(angles.yawRad).toBeCloseTo(yawRad, 10);
      expect(angles.pitchRad).toBeCloseTo(0, 10);
      expect(angles.rollRad).toBeCloseTo(rollRad, 10);
    }
  });

  test.each(TURNS)('finds a pitch of %d whatever the yaw and the size', (pitchRad) => {
    for (const yawRad of [0, 0.6]) {
      const angles = estimateAngles(headLandmarks({ pitchRad, yawRad, eyesPx: 11 }));
      expect(angles.pitchRad).toBeCloseTo(pitchRad, 10);
    }
  });

  test('says to which side: right and down in the picture, and clockwise, are positive', () => {
    const toTheRight = headLandmarks({ yawRad: 0.5 });
    expect(toTheRight.noseTip.xPx).toBeGreaterThan(320);
    expect(estimateAngles(toTheRight).yawRad).toBeGreaterThan(0);
    // A clockwise turn moves the person's left eye, on the right of the picture, down.
    const clockwise = headLandmarks({ rollRad: 0.3 });
    expect(clockwise.leftEye.yPx).toBeGreaterThan(clockwise.rightEye.yPx);
    expect(estimateAngles(clockwise).rollRad).toBeCloseTo(0.3, 10);
  });

  test('a profile is turned by nearly a right angle, and where the eyes coincide by just one', () => {
    expect(estimateAngles(headLandmarks({ yawRad: 1.5 })).yawRad).toBeCloseTo(1.5, 10);
    const landmarks = headLandmarks({ yawRad: 1.5 });
    const angles = estimateAngles({ ...landmarks, leftEye: landmarks.rightEye });
    expect(angles).toMatchObject({ rollRad: 0, yawRad: Math.PI / 2 });
  });

  test('points that all coincide are a face from the front', () => {
    const point = { xPx: 5, yPx: 5 };
    const { rightEar, leftEar } = headLandmarks({});
    const landmarks = { rightEye: point, leftEye: point, noseTip: point, mouth: point, rightEar, leftEar };
    expect(estimateAngles(landmarks)).toEqual({ rollRad: 0, yawRad: 0, pitchRad: 0 });
  });
});
