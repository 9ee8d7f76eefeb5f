/**
 * The frame round every command: one layout for journal record and wire message.
 *
 * <p>Little-endian, 64-byte header, then the payload (SBE bytes, unchanged). Records start on 8-byte boundaries; padding
 * is zero and outside CRC and chain. {@code chain(n)} is XXH64 (seed 0) of bytes 8..length of frame n, and each frame
 * carries the chain of the one before, so a journal proves its own order and completeness.
 */
package org.isochron.codecs.frame;
