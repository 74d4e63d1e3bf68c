/**
 * The fused kernel's training loop for width 2, batch training, ReLU and Adam, in C++: the same order of
 * operations and the same layout of data as in assembly/, so the same bits. compare.js compiles it,
 * hands it a task and holds the kernel against it.
 *
 * Reads from the standard input, without gaps:
 *   i32 [4]: depth D, 1 for late-residual or 0 for plain, samples S, epochs E
 *   f32 x [S], t [S], learning rates [4], bias corrections [E, 2], initial parameters [P, 4]
 * Trains twice, the second time against the clock, and writes:
 *   f64 nanoseconds of processor time, f32 parameters [P, 4], f32 losses [E, 4]
 */
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <immintrin.h>
#include <vector>

/** The same f32 of four networks: what the shapes below call an element. */
typedef float Lanes __attribute__((vector_size(16)));

static int depth, late, samples, epochs;
/** x and t: [S]. */
static Lanes *inputs, *targets;
static Lanes rates;
/** f32 [E, 2] */
static float *corrections;
/** [P], in the order of src/model/layout.ts. */
static Lanes *initial, *parameters, *gradients, *firstMoments, *secondMoments;
/** h: [D, S, 2]; y and dL/dy: [S]; dL/dz of the layer that the backward pass is at: [S, 2]; L: [E]. */
static Lanes *activations, *predictions, *predictionGradients, *layerGradients, *losses;

static int weightsOf(int layer) { return layer == 0 ? 0 : 4 + 6 * (layer - 1); }
static int biasesOf(int layer) { return weightsOf(layer) + (layer == 0 ? 2 : 4); }
/** The output neuron's weights for `layer`, which it reads. */
static int outputWeightsOf(int layer) { return weightsOf(depth) + (late ? 2 * layer : 0); }
static int outputBias() { return outputWeightsOf(depth - 1) + 2; }
static int parameterCount() { return outputBias() + 1; }
static bool isRead(int layer) { return late || layer == depth - 1; }
static Lanes *activationsOf(int layer) { return activations + 2 * layer * samples; }
static const Lanes *readBy(int layer) { return layer == 0 ? inputs : activationsOf(layer - 1); }

static inline Lanes splat(float x) { return Lanes{x, x, x, x}; }
/** z < 0 ? 0 : z, in one instruction, as V8 has it. */
static inline Lanes relu(Lanes z) { return _mm_max_ps(splat(0), z); }
static inline Lanes reluBackward(Lanes dh, Lanes h) { return h > splat(0) ? dh : splat(0); }

/** h = relu(b + w·g), where g is what the layer reads; y += u·h where the output neuron reads h. */
template <int I, bool toOutput> static void forwardLayer(int layer) {
  const Lanes *w = parameters + weightsOf(layer);
  const Lanes w00 = w[0], w01 = w[I - 1], w10 = w[I], w11 = w[2 * I - 1];
  const Lanes b0 = parameters[biasesOf(layer)], b1 = parameters[biasesOf(layer) + 1];
  const Lanes *u = parameters + (toOutput ? outputWeightsOf(layer) : 0);
  const Lanes u0 = u[0], u1 = u[1];
  const Lanes *g = readBy(layer);
  Lanes *h = activationsOf(layer);
  Lanes *y = predictions;
  for (const Lanes *stop = g + I * samples; g < stop; g += I, h += 2, y++) {
    Lanes z0 = b0 + w00 * g[0];
    Lanes z1 = b1 + w10 * g[0];
    if (I > 1) {
      z0 = z0 + w01 * g[1];
      z1 = z1 + w11 * g[1];
    }
    h[0] = z0 = relu(z0);
    h[1] = z1 = relu(z1);
    if (toOutput) y[0] = y[0] + u0 * z0 + u1 * z1;
  }
}

static void forward() {
  for (int s = 0; s < samples; s++) predictions[s] = parameters[outputBias()];
  if (isRead(0)) forwardLayer<1, true>(0);
  else forwardLayer<1, false>(0);
  for (int layer = 1; layer < depth; layer++) {
    if (isRead(layer)) forwardLayer<2, true>(layer);
    else forwardLayer<2, false>(layer);
  }
}

/** dL/dy = 2(y - t)/S, its sum as the output bias's gradient, and L = Σ(y - t)²/S. */
static void lossGradients(int epoch) {
  const float n = samples;
  const Lanes scale = splat(2 / n);
  Lanes biasGradient = splat(0), squares = splat(0);
  for (int s = 0; s < samples; s++) {
    const Lanes error = predictions[s] - targets[s];
    const Lanes dy = error * scale;
    predictionGradients[s] = dy;
    biasGradient = biasGradient + dy;
    squares = squares + error * error;
  }
  gradients[outputBias()] = biasGradient;
  losses[epoch] = squares / splat(n);
}

/** dL/du of the output neuron's weights for the last hidden layer, and dL/dz of that layer. */
static void backwardOutput() {
  const int at = outputWeightsOf(depth - 1);
  const Lanes u0 = parameters[at], u1 = parameters[at + 1];
  const Lanes *h = activationsOf(depth - 1);
  Lanes *dz = layerGradients;
  Lanes du0 = splat(0), du1 = splat(0);
  for (int s = 0; s < samples; s++, h += 2, dz += 2) {
    const Lanes dy = predictionGradients[s];
    du0 = du0 + dy * h[0];
    du1 = du1 + dy * h[1];
    dz[0] = reluBackward(u0 * dy, h[0]);
    dz[1] = reluBackward(u1 * dy, h[1]);
  }
  gradients[at] = du0;
  gradients[at + 1] = du1;
}

/** dL/dw and dL/db of `layer`; where the output neuron reads the layer below too, dL/du for that one. */
template <int I, bool toOutput> static void parameterGradients(int layer) {
  Lanes dw00 = splat(0), dw01 = splat(0), dw10 = splat(0), dw11 = splat(0);
  Lanes db0 = splat(0), db1 = splat(0), du0 = splat(0), du1 = splat(0);
  const Lanes *g = readBy(layer), *dz = layerGradients, *dy = predictionGradients;
  for (const Lanes *stop = g + I * samples; g < stop; g += I, dz += 2, dy++) {
    db0 = db0 + dz[0];
    db1 = db1 + dz[1];
    dw00 = dw00 + dz[0] * g[0];
    dw10 = dw10 + dz[1] * g[0];
    if (I > 1) {
      dw01 = dw01 + dz[0] * g[1];
      dw11 = dw11 + dz[1] * g[1];
    }
    if (toOutput) {
      du0 = du0 + dy[0] * g[0];
      du1 = du1 + dy[0] * g[1];
    }
  }
  Lanes *dw = gradients + weightsOf(layer);
  dw[0] = dw00;
  if (I > 1) dw[1] = dw01;
  dw[I] = dw10;
  if (I > 1) dw[3] = dw11;
  gradients[biasesOf(layer)] = db0;
  gradients[biasesOf(layer) + 1] = db1;
  if (toOutput) {
    gradients[outputWeightsOf(layer - 1)] = du0;
    gradients[outputWeightsOf(layer - 1) + 1] = du1;
  }
}

/** dL/dz of the layer below `layer`, in place of its own. */
template <bool toOutput> static void lowerGradients(int layer) {
  const Lanes *w = parameters + weightsOf(layer);
  const Lanes w00 = w[0], w01 = w[1], w10 = w[2], w11 = w[3];
  const Lanes *u = parameters + (toOutput ? outputWeightsOf(layer - 1) : 0);
  const Lanes u0 = u[0], u1 = u[1];
  const Lanes *g = activationsOf(layer - 1), *dy = predictionGradients;
  Lanes *dz = layerGradients;
  for (const Lanes *stop = dz + 2 * samples; dz < stop; dz += 2, g += 2, dy++) {
    Lanes dg0 = w00 * dz[0];
    Lanes dg1 = w01 * dz[0];
    if (toOutput) {
      dg0 = u0 * dy[0] + dg0;
      dg1 = u1 * dy[0] + dg1;
    }
    dg0 = dg0 + w10 * dz[1];
    dg1 = dg1 + w11 * dz[1];
    dz[0] = reluBackward(dg0, g[0]);
    dz[1] = reluBackward(dg1, g[1]);
  }
}

static void backward() {
  backwardOutput();
  for (int layer = depth - 1; layer > 0; layer--) {
    if (isRead(layer - 1)) {
      parameterGradients<2, true>(layer);
      lowerGradients<true>(layer);
    } else {
      parameterGradients<2, false>(layer);
      lowerGradients<false>(layer);
    }
  }
  parameterGradients<1, false>(0);
}

/** m = β₁m + (1-β₁)g, v = β₂v + (1-β₂)g², p -= rate·c₁·m / (√v·c₂ + ε) */
static void adam(int epoch) {
  const Lanes rate = rates * splat(corrections[2 * epoch]);
  const Lanes c2 = splat(corrections[2 * epoch + 1]);
  const Lanes beta1 = splat(BETA1), rest1 = splat(1 - BETA1);
  const Lanes beta2 = splat(BETA2), rest2 = splat(1 - BETA2), epsilon = splat(EPSILON);
  Lanes *p = parameters, *m = firstMoments, *v = secondMoments;
  const Lanes *g = gradients;
  for (const Lanes *stop = p + parameterCount(); p < stop; p++, g++, m++, v++) {
    const Lanes first = beta1 * m[0] + rest1 * g[0];
    const Lanes second = beta2 * v[0] + rest2 * g[0] * g[0];
    m[0] = first;
    v[0] = second;
    p[0] = p[0] - rate * first / (epsilon + _mm_sqrt_ps(second) * c2);
  }
}

static void train() {
  for (int i = 0; i < parameterCount(); i++) firstMoments[i] = secondMoments[i] = splat(0);
  for (int epoch = 0; epoch < epochs; epoch++) {
    forward();
    lossGradients(epoch);
    backward();
    adam(epoch);
  }
  forward();
}

static void read(void *to, size_t bytes) {
  if (fread(to, 1, bytes, stdin) != bytes) exit(2);
}

/** Zeroed memory for `count` elements, aligned as they must be. */
static Lanes *take(int count) {
  Lanes *at = static_cast<Lanes *>(aligned_alloc(sizeof(Lanes), count * sizeof(Lanes)));
  for (int i = 0; i < count; i++) at[i] = splat(0);
  return at;
}

/** Reads `count` numbers, each for all four networks. */
static Lanes *readSplat(int count) {
  std::vector<float> values(count);
  read(values.data(), count * sizeof(float));
  Lanes *at = take(count);
  for (int i = 0; i < count; i++) at[i] = splat(values[i]);
  return at;
}

static double processorNs() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return 1e9 * now.tv_sec + now.tv_nsec;
}

int main() {
  int header[4];
  read(header, sizeof header);
  depth = header[0], late = header[1], samples = header[2], epochs = header[3];
  const int P = parameterCount();
  inputs = readSplat(samples);
  targets = readSplat(samples);
  read(&rates, sizeof rates);
  std::vector<float> correctionValues(2 * epochs);
  corrections = correctionValues.data();
  read(corrections, 2 * epochs * sizeof(float));
  initial = take(P);
  read(initial, P * sizeof(Lanes));
  parameters = take(P), gradients = take(P), firstMoments = take(P), secondMoments = take(P);
  predictions = take(samples), predictionGradients = take(samples);
  layerGradients = take(2 * samples), activations = take(2 * depth * samples);
  losses = take(epochs);

  double ns = 0;
  for (int run = 0; run < 2; run++) {
    for (int i = 0; i < P; i++) parameters[i] = initial[i];
    const double start = processorNs();
    train();
    ns = processorNs() - start;
  }
  fwrite(&ns, sizeof ns, 1, stdout);
  fwrite(parameters, sizeof(Lanes), P, stdout);
  fwrite(losses, sizeof(Lanes), epochs, stdout);
}
