/**
 * What may be said about a message before anybody decodes it: whether its bytes have the shape their schema gives them,
 * who may send it, and the fields that stand at the same place in every message of a session. The gateway asks first,
 * the core asks again. No allocation.
 */
package org.isochron.codecs.shape;
