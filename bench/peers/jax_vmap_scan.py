"""All networks of the cell in one compiled program: vmap over seeds, scan over epochs."""

from common import absent, dataset, report, task

try:
    import jax
    import jax.numpy as jnp
except ImportError:
    absent("JAX")

cell = task()
DEPTH, WIDTH = cell["depth"], cell["width"]
LATE = cell["connection"] == "late-residual"
RATE = cell["learningRate"]
x, t = (jnp.asarray(values)[:, None] for values in dataset(cell["dataset"]))


def linear(key, inputs, outputs):
    """PyTorch's default: weights and biases uniform in ±1/√inputs."""
    bound = inputs**-0.5
    weights, biases = jax.random.split(key)
    return (
        jax.random.uniform(weights, (inputs, outputs), minval=-bound, maxval=bound),
        jax.random.uniform(biases, (outputs,), minval=-bound, maxval=bound),
    )


def initial(seed):
    keys = jax.random.split(jax.random.PRNGKey(seed), DEPTH + 1)
    hidden = [linear(key, WIDTH if layer else 1, WIDTH) for layer, key in enumerate(keys[:-1])]
    return hidden, linear(keys[-1], DEPTH * WIDTH if LATE else WIDTH, 1)


def loss(parameters, x, t):
    hidden, (weights, biases) = parameters
    h, outputs = x, []
    for w, b in hidden:
        h = jax.nn.relu(h @ w + b)
        outputs.append(h)
    y = (jnp.concatenate(outputs, axis=1) if LATE else h) @ weights + biases
    return jnp.mean((y - t) ** 2)


def step(state, epoch):
    parameters, m, v = state
    if cell["trainingStyle"] == "batch":
        seen, wanted = x, t
    else:
        sample = epoch % len(x)
        seen = jax.lax.dynamic_slice_in_dim(x, sample, 1)
        wanted = jax.lax.dynamic_slice_in_dim(t, sample, 1)
    g = jax.grad(loss)(parameters, seen, wanted)
    tree = jax.tree_util.tree_map
    if cell["optimizer"] == "sgd":
        return (tree(lambda p, g: p - RATE * g, parameters, g), m, v), None
    k = epoch + 1
    m = tree(lambda m, g: 0.9 * m + 0.1 * g, m, g)
    v = tree(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
    root = jnp.sqrt(1 - 0.999**k)
    rate = RATE / (1 - 0.9**k)
    parameters = tree(lambda p, m, v: p - rate * m / (jnp.sqrt(v) / root + 1e-8), parameters, m, v)
    return (parameters, m, v), None


def train(seed):
    parameters = initial(seed)
    zeros = jax.tree_util.tree_map(jnp.zeros_like, parameters)
    (trained, _, _), _ = jax.lax.scan(step, (parameters, zeros, zeros), jnp.arange(cell["epochs"]))
    return trained


train_all = jax.jit(jax.vmap(train))
seeds = jnp.arange(cell["trainings"])
jax.block_until_ready(train_all(seeds))
report(jax.__version__, cell["trainings"], lambda: jax.block_until_ready(train_all(seeds)))
