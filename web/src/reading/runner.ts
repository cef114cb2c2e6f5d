/** Runs one ONNX model in the browser: as `src/affetto/inference/runner.py` does there. */

/** What is asked of onnxruntime-web; the caller loads it, when sensing starts. */
export type Runtime = Pick<typeof import("onnxruntime-web/wasm"), "InferenceSession" | "Tensor">;

export interface Runner {
  /** Every output by name, row after row, for one input of this shape. */
  run(values: Float32Array, shape: readonly number[]): Promise<Record<string, Float32Array>>;
  close(): Promise<void>;
}

/** A model ready to run. Rejects when the bytes are no model. */
export async function openRunner(ort: Runtime, model: Uint8Array): Promise<Runner> {
  const session = await ort.InferenceSession.create(model, {
    executionProviders: ["wasm"],
    logSeverityLevel: 3, // errors only
  });
  const name = session.inputNames[0];
  if (name === undefined) throw new Error("The model takes no input.");
  return {
    async run(values, shape) {
      const outputs = await session.run({ [name]: new ort.Tensor("float32", values, shape) });
      const told: Record<string, Float32Array> = {};
      for (const [output, tensor] of Object.entries(outputs))
        told[output] = tensor.data as Float32Array;
      return told;
    },
    close: () => session.release(),
  };
}
