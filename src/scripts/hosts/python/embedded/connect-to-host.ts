import { receiveMessageOnPort } from 'node:worker_threads'
import { ANSWERED, type InterpreterData } from './worker-protocol.js'

/**
 * How the guest asks its host: the thread posts the question and sleeps until the answer is there. Only
 * strings cross. The functions are taken hold of before Node's modules are confined.
 */
export function connectToHost({ state, questions }: InterpreterData): (question: string) => string {
  const take = receiveMessageOnPort
  const { load, wait, store } = Atomics
  return (question) => {
    if (typeof question !== 'string') throw new TypeError('A question to the host is text')
    questions.postMessage(question)
    // The notification of an answer that was taken without sleeping may come late, in the next sleep.
    while (load(state, ANSWERED) === 0) wait(state, ANSWERED, 0)
    store(state, ANSWERED, 0)
    const answer: unknown = take(questions)?.message
    if (typeof answer !== 'string') throw new TypeError('The host has not answered')
    return answer
  }
}
