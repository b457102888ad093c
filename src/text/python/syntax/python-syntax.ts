/** A Python expression as far as folding needs it; constants stand for themselves. */
export type PythonExpression =
  | PlainConstant
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'attribute'; readonly of: PythonExpression; readonly name: string }
  | PythonCall
  | {
      readonly kind: 'list' | 'tuple' | 'set'
      readonly items: readonly PythonExpression[]
    }
  | { readonly kind: 'dict'; readonly entries: readonly PythonDictEntry[] }
  /** `*items` within a list, a tuple, a set or the arguments of a call. */
  | { readonly kind: 'star'; readonly of: PythonExpression }
  | {
      readonly kind: 'binary'
      readonly operator: string
      readonly left: PythonExpression
      readonly right: PythonExpression
    }
  | { readonly kind: 'unary'; readonly operator: string; readonly of: PythonExpression }
  | {
      readonly kind: 'compare'
      readonly operators: readonly string[]
      readonly items: readonly PythonExpression[]
    }
  | {
      readonly kind: 'condition'
      readonly test: PythonExpression
      readonly yes: PythonExpression
      readonly no: PythonExpression
    }
  | {
      readonly kind: 'subscript'
      readonly of: PythonExpression
      readonly index: PythonExpression
    }
  | {
      readonly kind: 'slice'
      readonly from: PythonExpression | null
      readonly to: PythonExpression | null
      readonly step: PythonExpression | null
    }
  | PythonComprehension
  | { readonly kind: 'format'; readonly parts: readonly (string | PythonInterpolation)[] }
  | PythonLambda
  /** Anything else, such as `await x`. */
  | { readonly kind: 'other' }

/** A constant without containers, as plain data. */
export type PlainConstant =
  | null
  | boolean
  | number
  | string
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'integer'; readonly digits: string }
  | { readonly kind: 'bytes'; readonly text: string }

/** `key: value`; a null key stands for `**value`. */
export type PythonDictEntry = readonly [key: PythonExpression | null, value: PythonExpression]

export interface PythonCall {
  readonly kind: 'call'
  readonly callee: PythonExpression
  readonly args: readonly PythonExpression[]
  /** A null name stands for `**value`. */
  readonly keywords: readonly (readonly [name: string | null, value: PythonSlot])[]
  /** Only in the places that define fields: the arguments with their text. */
  readonly slots?: readonly PythonSlot[]
  readonly line: number
}

export interface PythonComprehension {
  readonly kind: 'comprehension'
  readonly of: 'list' | 'set' | 'dict' | 'generator'
  readonly item: PythonExpression
  /** Of a dict: `item` is the key then. */
  readonly value?: PythonExpression
  readonly clauses: readonly PythonClause[]
}

/** `for target in items`, or `if test`. */
export type PythonClause =
  | {
      readonly kind: 'for'
      readonly target: PythonTarget
      readonly items: PythonExpression
    }
  | { readonly kind: 'if'; readonly test: PythonExpression }

/** A name, or several to unpack into. */
export type PythonTarget = string | readonly PythonTarget[]

/** `{of!conversion:specification}` of an f-string; a specification with fields of its own is `null`. */
export interface PythonInterpolation {
  readonly of: PythonExpression
  readonly conversion: string
  readonly specification: string | null
}

export interface PythonLambda {
  readonly kind: 'lambda'
  readonly parameters: readonly PythonParameter[]
  readonly body: PythonExpression
}

/** A parameter: its name, or more where there is more to it; `star` counts the stars before it. */
export type PythonParameter =
  | string
  | { readonly name: string; readonly star?: 1 | 2; readonly default?: PythonExpression }

/** An expression with its place and text, which are left out where the expression is constant. */
export interface PythonSlot {
  readonly expression: PythonExpression
  readonly line?: number
  readonly text?: string
}

/** A statement that may define something; all others are left out. */
export type PythonStatement =
  | {
      readonly kind: 'import'
      readonly module: string
      readonly alias: string | null
      readonly line: number
    }
  | {
      readonly kind: 'from'
      /** Leading dots. */
      readonly level: number
      readonly module: string
      /** Empty for `*`. */
      readonly names: readonly (readonly [name: string, alias: string])[]
      readonly line: number
    }
  | {
      readonly kind: 'assign'
      readonly targets: readonly PythonTarget[]
      readonly slot: PythonSlot
      /** Within `except` or `else`: what has a value keeps it. */
      readonly isFallback?: boolean
    }
  | {
      readonly kind: 'augment'
      readonly name: string
      readonly operator: string
      readonly slot: PythonSlot
    }
  /** `setattr(of, 'name', value)` or `of.name = value`. */
  | {
      readonly kind: 'attach'
      readonly of: PythonExpression
      readonly name: PythonExpression
      readonly slot: PythonSlot
    }
  | PythonClass
  | PythonFunction
  /** A loop or another statement with a body, which is not followed. */
  | { readonly kind: 'block'; readonly what: string; readonly line: number }

export interface PythonClass {
  readonly kind: 'class'
  readonly name: string
  readonly line: number
  readonly bases: readonly PythonExpression[]
  readonly docstring?: string
  readonly body: readonly PythonStatement[]
}

export interface PythonFunction {
  readonly kind: 'function'
  readonly name: string
  readonly line: number
  readonly endLine: number
  readonly decorators?: readonly PythonExpression[]
  readonly parameters?: readonly PythonParameter[]
  readonly callsSuper?: true
  /** The expression that it returns, when that is all it does. */
  readonly returns?: PythonSlot
}

/** A Python file, as plain data. */
export interface PythonFile {
  readonly statements: readonly PythonStatement[]
  /** Line of the first thing that is no Python. */
  readonly errorLine?: number
  /** Why the file could not be read at all. */
  readonly problem?: string
  /** What was strange about its encoding. */
  readonly warning?: string
}
