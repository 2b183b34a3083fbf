"""Measures training steps of the `residual` network in PyTorch, the yardstick of `training:bench --pytorch`.

The same network, batch, loss, optimiser and averaged weights as src/model/residual.ts and its recipe. Prints one line of
JSON: {"torch", "threads", "parameters", "imagesPerSecond"}.
"""

import argparse
import json
import sys
import time

try:
    import torch
except ImportError:
    sys.exit("it has no module torch")

from torch import nn
from torch.nn import functional as F

SIDE_PX = 48
CLASSES = 7
FILTERS = [32, 64, 128, 256]
SQUEEZE = 16
DROPOUT = 0.3
EMA_DECAY = 0.999
WARM_UP_STEPS = 3


def conv_bn(inputs, filters, kernel_size=3):
    """Convolution of the same size without bias, and batch normalisation."""
    return nn.Sequential(
        nn.Conv2d(inputs, filters, kernel_size, padding=kernel_size // 2, bias=False),
        nn.BatchNorm2d(filters),
    )


class ResidualBlock(nn.Module):
    """Two 3x3 convolutions and squeeze-and-excitation beside a shortcut."""

    def __init__(self, inputs, filters):
        super().__init__()
        self.first = conv_bn(inputs, filters)
        self.second = conv_bn(filters, filters)
        self.reduce = nn.Linear(filters, filters // SQUEEZE)
        self.gates = nn.Linear(filters // SQUEEZE, filters)
        self.shortcut = nn.Identity() if inputs == filters else conv_bn(inputs, filters, 1)

    def forward(self, features):
        inner = self.second(F.relu(self.first(features)))
        squeezed = F.relu(self.reduce(inner.mean((2, 3))))
        gates = torch.sigmoid(self.gates(squeezed))[:, :, None, None]
        return F.relu(inner * gates + self.shortcut(features))


class Residual(nn.Module):
    """Takes pixels in [0, 255], [N, 1, 48, 48]; gives logits, [N, 7]."""

    def __init__(self):
        super().__init__()
        self.stem = conv_bn(1, FILTERS[0])
        widths = [FILTERS[0], *FILTERS]
        self.stages = nn.ModuleList(
            ResidualBlock(inputs, filters) for inputs, filters in zip(widths, widths[1:])
        )
        self.head = nn.Linear(FILTERS[-1], CLASSES)

    def forward(self, pixels):
        features = F.relu(self.stem(pixels / 127.5 - 1))
        for index, stage in enumerate(self.stages):
            if index > 0:
                features = F.max_pool2d(features, 2)
            features = stage(features)
        return self.head(F.dropout(features.mean((2, 3)), DROPOUT, self.training))


def optimizer_of(model):
    """Nesterov's momentum; weight decay on kernels alone."""
    kernels = [weights for weights in model.parameters() if weights.ndim > 1]
    others = [weights for weights in model.parameters() if weights.ndim == 1]
    groups = [{"params": kernels, "weight_decay": 5e-4}, {"params": others, "weight_decay": 0}]
    return torch.optim.SGD(groups, lr=0.1, momentum=0.9, nesterov=True)


def measure(batch, steps, mode):
    """Gives the line that is printed."""
    torch.manual_seed(1)
    layout = torch.contiguous_format if mode == "float32" else torch.channels_last
    model = Residual().to(memory_format=layout)
    optimizer = optimizer_of(model)
    averages = [weights.detach().clone() for weights in model.parameters()]
    pixels = torch.randint(0, 256, (batch, 1, SIDE_PX, SIDE_PX)).float().contiguous(memory_format=layout)
    labels = torch.randint(0, CLASSES, (batch,))

    def step():
        optimizer.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=mode == "bfloat16"):
            loss = F.cross_entropy(model(pixels), labels)
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(averages, list(model.parameters()), 1 - EMA_DECAY)

    for _ in range(WARM_UP_STEPS):
        step()
    start = time.perf_counter()
    for _ in range(steps):
        step()
    seconds = time.perf_counter() - start
    return {
        "torch": torch.__version__,
        "threads": torch.get_num_threads(),
        "parameters": sum(weights.numel() for weights in model.parameters()),
        "imagesPerSecond": steps * batch / seconds,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batch", type=int, default=64, help="images per step")
    parser.add_argument("--steps", type=int, default=20, help="steps that are measured")
    parser.add_argument("--mode", choices=["float32", "channels_last", "bfloat16"], default="float32")
    given = parser.parse_args()
    print(json.dumps(measure(given.batch, given.steps, given.mode)))
