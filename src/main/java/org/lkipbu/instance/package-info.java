/** Resource instances, what their Information field says, and the two homes that keep them. */
package org.lkipbu.instance;
