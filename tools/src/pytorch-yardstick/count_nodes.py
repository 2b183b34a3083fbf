"""Builds the residual networks of packages/training in PyTorch, exports them to ONNX and counts the nodes.

The yardstick for the converter: a network trained in TypeScript should not come out larger than the same network
written and exported in PyTorch. Both of PyTorch's exporters are tried, in inference mode, with everything they do to
make a graph smaller.

    pip install torch onnx onnxscript
    python tools/src/pytorch-yardstick/count_nodes.py
"""

import collections
import logging
import os
import tempfile
import warnings

import onnx
import torch
from torch import nn

CLASSES = 7
SIZE = 48

# The plans of residual.ts and expression.ts: filters and blocks of each stage.
PLANS = {
    "residual": [(32, 1), (64, 1), (128, 1), (256, 1)],
    "expression": [(32, 1), (64, 1), (128, 2), (240, 1)],
}


def conv_bn(inputs: int, filters: int, kernel: int = 3) -> nn.Sequential:
    convolution = nn.Conv2d(inputs, filters, kernel, padding=kernel // 2, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(filters, eps=1e-5))


class Residual(nn.Module):
    """Two convolutions and squeeze-and-excitation beside a shortcut, as residual-blocks.ts has them."""

    def __init__(self, inputs: int, filters: int):
        super().__init__()
        self.filters = filters
        self.first = nn.Sequential(conv_bn(inputs, filters), nn.ReLU())
        self.second = conv_bn(filters, filters)
        self.gates = nn.Sequential(
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(filters, filters // 16),
            nn.ReLU(),
            nn.Linear(filters // 16, filters),
            nn.Sigmoid(),
        )
        self.shortcut = nn.Identity() if inputs == filters else conv_bn(inputs, filters, 1)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        inner = self.second(self.first(features))
        # One Reshape; two steps of unsqueeze, or sizes read from the tensor, would make a larger graph.
        gates = self.gates(inner).reshape(-1, self.filters, 1, 1)
        return torch.relu(inner * gates + self.shortcut(features))


class Network(nn.Module):
    """Scaling, stem, stages with max-pooling between, global average, softmax, as build-residual.ts has them."""

    def __init__(self, plan: list[tuple[int, int]]):
        super().__init__()
        filters = plan[0][0]
        layers: list[nn.Module] = [conv_bn(1, filters), nn.ReLU()]
        for stage, (wider, blocks) in enumerate(plan):
            if stage > 0:
                layers.append(nn.MaxPool2d(2))
            for _ in range(blocks):
                layers.append(Residual(filters, wider))
                filters = wider
        self.features = nn.Sequential(*layers)
        self.head = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.3), nn.Linear(filters, CLASSES))

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        return torch.softmax(self.head(self.features(pixels * (1 / 127.5) - 1)), -1)


def randomize(model: nn.Module) -> None:
    """Gives batch normalisation statistics that folding has to take into account."""
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias)
            nn.init.normal_(module.running_mean)
            nn.init.uniform_(module.running_var, 0.5, 1.5)


def export(model: nn.Module, path: str, dynamo: bool) -> None:
    pixels = torch.rand(2, 1, SIZE, SIZE) * 255
    names = {"input_names": ["pixels"], "output_names": ["probabilities"]}
    if dynamo:
        batch = torch.export.Dim("batch")
        torch.onnx.export(
            model, (pixels,), path, dynamo=True, optimize=True, dynamic_shapes=({0: batch},), verbose=False, **names
        )
    else:
        axes = {name: {0: "batch"} for name in ("pixels", "probabilities")}
        torch.onnx.export(model, (pixels,), path, dynamo=False, do_constant_folding=True, dynamic_axes=axes, **names)


def count(path: str) -> collections.Counter:
    model = onnx.load(path, load_external_data=False)
    return collections.Counter(node.op_type for node in model.graph.node)


def main() -> None:
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    torch.manual_seed(1)
    for name, plan in PLANS.items():
        model = Network(plan)
        randomize(model)
        model.eval()
        parameters = sum(parameter.numel() for parameter in model.parameters())
        print(f"{name} ({parameters:,} parameters)")
        for exporter, dynamo in (("dynamo", True), ("TorchScript", False)):
            with tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, "model.onnx")
                export(model, path, dynamo)
                ops = count(path)
            listed = ", ".join(f"{number} {op}" for op, number in ops.most_common())
            print(f"  torch {torch.__version__}, {exporter}: {sum(ops.values())} nodes: {listed}")


if __name__ == "__main__":
    main()
