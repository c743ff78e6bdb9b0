/** What the host offers: running programs, settings, folders, who and where this process is. */
package org.lkipbu.host;
