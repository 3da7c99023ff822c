/** Every JSON shape that crosses the wire, named as in minidemo/schemas/base.py; and at the end the types of the scripts alone. */

export interface FileMeta {
  _type: "gradio.FileData";
  preview: string | null;
  subtitles?: string | null;
}

export interface FileData {
  path: string;
  url: string | null;
  size: number | null;
  orig_name: string | null;
  mime_type: string | null;
  is_stream: boolean;
  meta: FileMeta;
}

export interface PredictRequest {
  data: unknown[];
  session?: string | null;
  endpoint?: string | null;
}

export interface PredictResponse {
  run: string;
  data: unknown[];
  duration: number;
}

export interface ResultEvent {
  run: string;
  data: unknown[];
  duration: number;
  html: Record<string, string>;
}

export interface RunEvent {
  run: string;
}

export type Change = ["append" | "add" | "replace" | "delete", (string | number)[], unknown];

export interface PartialEvent {
  changes: Change[][];
  html: Record<string, string>;
}

export interface ProgressStep {
  done: number | null;
  total: number | null;
  unit: string;
  share: number | null;
  text: string | null;
}

export interface ProgressEvent {
  steps: ProgressStep[];
}

export interface LogEvent {
  level: "info" | "warning" | "success";
  message: string;
  title: string;
  duration: number | null;
}

export interface CancelResponse {
  run: string;
}

export interface QueuedEvent {
  position: number;
  eta: number | null;
}

export interface ErrorEvent {
  run: string | null;
  message: string;
  field: string | null;
}

export interface ErrorDetail {
  message: string;
  field: string | null;
}

export interface ErrorResponse {
  error: ErrorDetail;
  run: string | null;
}

export interface Item {
  output: number;
  item: number;
}

export interface ExampleResponse {
  values: Record<string, unknown>;
  html: Record<string, string>;
}

export interface ExampleRequest {
  session?: string | null;
}

export interface LinkRequest {
  run: string;
}

export interface LinkResponse {
  link: string;
}

export interface OpenRequest {
  session?: string | null;
}

export interface LinkEvent {
  endpoint: string;
  values: Record<string, unknown>;
  html: Record<string, string>;
  own: number[];
}

export interface FlagRequest {
  run: string;
  option?: string | null;
  about?: Item | null;
  comment?: string | null;
  expected?: unknown[] | null;
}

export interface FlagResponse {
  row: number;
  undo: number | null;
}

export interface UndoRequest {
  run: string;
  option?: string | null;
  about?: Item | null;
}

export interface UndoResponse {
  row: number;
}

export interface FieldConfig {
  id: string;
  name: string;
}

export interface FlagConfig {
  mode: "manual" | "auto";
  options: [string, string][];
  comment: string | null;
  corrections: (string | null)[];
}

export interface LiveConfig {
  every: number;
  limit: number | null;
}

export interface EndpointConfig {
  name: string;
  inputs: FieldConfig[];
  outputs: FieldConfig[];
  flag: FlagConfig | null;
  stoppable: boolean;
  progress: "full" | "minimal" | "hidden";
  required: string[];
  live: LiveConfig | null;
}

export interface PageConfig {
  endpoints: EndpointConfig[];
  max_file_size: number;
  words: Record<string, string>;
  version?: string;
}

export interface LoginResponse {
  success: boolean;
}

export interface ChangesResponse {
  version: string;
  error: string | null;
}

/** The result of the latest call: `run` can be flagged, `sent` is the fingerprint of its inputs, `filled` outputs show values. */
export interface Outcome {
  run: string | null;
  failed: boolean;
  stopped: boolean;
  sent: string;
  filled: boolean;
  note: string;
  /** The failure above the outputs. */
  failure: string;
  /** The failure at an input. */
  problem: string;
  partial: boolean;
  /** The outcome whose results stayed on the page when a later run failed. */
  before: Outcome | null;
}

/** A camera or a microphone that is switched on and off; `source` is the device. */
export type MiniStream = import("./widgets/stream.js").MiniStream;

/** A call in progress: `run` is its id on the server, `flagReady` settles once the Flag button is loaded. */
export interface Call {
  abort: AbortController;
  began: number;
  announced: string;
  sent: string;
  note: string;
  run: string;
  queued: boolean;
  stopping: boolean;
  progress: import("./progress.js").Progress | null;
  partial: boolean;
  flagReady: Promise<void>;
}
