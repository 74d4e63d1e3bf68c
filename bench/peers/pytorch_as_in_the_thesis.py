"""One network after the other, an epoch a call of the optimizer, a module a layer, as in the thesis."""

from common import absent, dataset, report, task

try:
    import torch
except ImportError:
    absent("PyTorch")

torch.set_num_threads(1)


class Network(torch.nn.Module):
    def __init__(self, depth, width, late_residual):
        super().__init__()
        sizes = [1] + [width] * depth
        self.hidden = torch.nn.ModuleList(
            torch.nn.Linear(inputs, outputs) for inputs, outputs in zip(sizes, sizes[1:])
        )
        self.late_residual = late_residual
        self.output = torch.nn.Linear(depth * width if late_residual else width, 1)

    def forward(self, x):
        outputs = []
        for layer in self.hidden:
            x = torch.relu(layer(x))
            outputs.append(x)
        return self.output(torch.cat(outputs, dim=1) if self.late_residual else x)


def train(cell, x, t):
    network = Network(cell["depth"], cell["width"], cell["connection"] == "late-residual")
    make = {"adam": torch.optim.Adam, "sgd": torch.optim.SGD}[cell["optimizer"]]
    optimizer = make(network.parameters(), lr=cell["learningRate"])
    loss_of = torch.nn.MSELoss()
    for epoch in range(cell["epochs"]):
        if cell["trainingStyle"] == "batch":
            seen = slice(None)
        else:
            seen = slice(epoch % len(x), epoch % len(x) + 1)
        optimizer.zero_grad()
        loss_of(network(x[seen]), t[seen]).backward()
        optimizer.step()


cell = task()
x, t = (torch.from_numpy(values).reshape(-1, 1) for values in dataset(cell["dataset"]))
train({**cell, "epochs": 10}, x, t)


def train_all():
    for seed in range(cell["trainings"]):
        torch.manual_seed(seed)
        train(cell, x, t)


report(torch.__version__, cell["trainings"], train_all)
