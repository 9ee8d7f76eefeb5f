/** Benchmarks. A number from here travels with its conditions: cores, flags, mix, what is left out, and its worst value. */
package org.isochron.perf;
