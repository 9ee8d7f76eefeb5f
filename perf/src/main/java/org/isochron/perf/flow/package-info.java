/**
 * The stream of commands that every engine is measured with: made once from a fixed seed against a plain reference book,
 * so that cancels, moves and reduces name live orders and no aggressor wants more than there is. Packed into one array,
 * read from front to back.
 */
package org.isochron.perf.flow;
