/** What all comparisons share: JVMs of their own for each trial, the conditions of a run, percentiles, medians, pictures. */
package org.isochron.perf.run;
