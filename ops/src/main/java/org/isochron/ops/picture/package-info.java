/**
 * Pictures for people: SVG drawn by hand, and pages that hold it. Nothing here is read again by a machine, so numbers are
 * doubles. Every picture stands for itself: no script, no font, nothing from anywhere else.
 */
package org.isochron.ops.picture;
