/**
 * What a person sees of a run: {@link org.isochron.ops.view.LiveScreen} redraws a terminal, {@link
 * org.isochron.ops.view.ProgressLines} prints a line now and then everywhere else, and {@link
 * org.isochron.ops.view.Summary} is the end of both, as text and as JSON. Floating point is for display only.
 */
package org.isochron.ops.view;
