"""Writes keras-transforms.json: what real Keras makes of small pictures, for every fill mode and for changes of light.

    pip install keras==3.15.1 scipy==1.17.1 pillow jax
    KERAS_BACKEND=numpy python3 test-fixtures/keras-transforms.py > test-fixtures/keras-transforms.json

A case's transform is named as applyAffineTransform takes it. Quarter turns and whole shifts are in, as
they put coordinates on the border to the last bit.
"""

import json
import sys

import keras
import numpy as np
import scipy
from keras.src.legacy.preprocessing.image import ImageDataGenerator

random = np.random.default_rng(20)
SIZES = [(7, 9, 1), (6, 5, 3), (1, 4, 1)]
NEUTRAL = dict(thetaDeg=0, tx=0, ty=0, shearDeg=0, zx=1, zy=1, flipHorizontal=False, flipVertical=False)


def rounded(values):
    return [round(float(value), 4) for value in values.reshape(-1)]


def picture(size):
    return random.integers(0, 256, size).astype("float32")


def drawn(reach):
    """One transform; reach 1 is a usual augmentation, 4 sends most of the picture out of sight."""

    def uniform(low, high):
        return round(random.uniform(low, high), 12)

    return dict(
        thetaDeg=uniform(-45, 45) * reach,
        tx=uniform(-2, 2) * reach,
        ty=uniform(-2, 2) * reach,
        shearDeg=uniform(-15, 15) * reach,
        zx=round(uniform(0.8, 1.2) ** reach, 12),
        zy=round(uniform(0.8, 1.2) ** reach, 12),
        flipHorizontal=bool(random.random() < 0.5),
        flipVertical=bool(random.random() < 0.5),
    )


def keras_names(transform):
    names = dict(thetaDeg="theta", shearDeg="shear", flipHorizontal="flip_horizontal", flipVertical="flip_vertical")
    return {names.get(name, name): value for name, value in transform.items()}


def affine_case(size, fill_mode, transform):
    cval = 99.0 if fill_mode == "constant" else 0.0
    pixels = picture(size)
    generator = ImageDataGenerator(fill_mode=fill_mode, cval=cval)
    output = generator.apply_transform(pixels, keras_names(transform))
    height, width, channels = size
    return dict(
        height=height,
        width=width,
        channels=channels,
        fillMode=fill_mode,
        cval=cval,
        transform=transform,
        input=rounded(pixels),
        output=rounded(output),
    )


def affine_cases():
    for fill_mode in ("nearest", "constant", "reflect", "wrap"):
        for size in SIZES:
            for reach in (1, 1, 4):
                yield affine_case(size, fill_mode, drawn(reach))
        for change in (dict(thetaDeg=90), dict(thetaDeg=180), dict(thetaDeg=-270), dict(tx=3, ty=-2), dict(zx=0.5)):
            yield affine_case(SIZES[0], fill_mode, {**NEUTRAL, **change})


def light_cases():
    for name, values in (("channel_shift_intensity", (-60.5, 33.25)), ("brightness", (0, 0.3, 1, 1.7))):
        for value in values:
            pixels = np.round(random.uniform(20, 230, (4, 5, 3)), 3).astype("float32")
            output = ImageDataGenerator().apply_transform(pixels, {name: value})
            yield dict(change=name, value=value, input=rounded(pixels), output=rounded(output))


source = f"keras {keras.__version__}, scipy {scipy.__version__}: ImageDataGenerator.apply_transform, HWC row-major"
json.dump(dict(source=source, affine=list(affine_cases()), light=list(light_cases())), sys.stdout)
print()
