using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Mayfly.Images.Tests")]
