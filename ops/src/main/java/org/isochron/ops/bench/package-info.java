/**
 * What the benchmarks of {@code perf} found, for people and for programs: a table, JSON, a picture. A target that is missed
 * is told as missed.
 */
package org.isochron.ops.bench;
