/**
 * Where a person meets the program: whether a stream is a terminal, progress as a bar there and as a line now and then
 * elsewhere, and the exception for what cannot be used.
 */
package org.isochron.ops.terminal;
