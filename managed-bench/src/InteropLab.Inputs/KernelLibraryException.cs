using System;

namespace InteropLab;

/// <summary>The kernel library cannot be used. The message is one line and says what to do.</summary>
public sealed class KernelLibraryException(string message, Exception? cause = null) : Exception(message, cause);
