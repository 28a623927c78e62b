@echo off
rem Starts Drawbridge on Windows: finds the distribution and a JDK 25 or newer, and runs it.
setlocal EnableExtensions
set "ROOT=%~dp0"
set "DB_HOME="
if exist "%ROOT%..\lib\drawbridge.jar" set "DB_HOME=%ROOT%.."
if not defined DB_HOME if exist "%ROOT%server\target\drawbridge\lib\complete" set "DB_HOME=%ROOT%server\target\drawbridge"
if not defined DB_HOME (
  >&2 echo drawbridge: building the distribution, once...
  call mvn -B -q -f "%ROOT%pom.xml" -pl server -am -DskipTests -DskipITs package 1>&2 || exit /b 1
  set "DB_HOME=%ROOT%server\target\drawbridge"
)
for %%I in ("%DB_HOME%") do set "DB_HOME=%%~fI"

set "DB_JAVA="
if defined DRAWBRIDGE_JAVA_HOME call :try "%DRAWBRIDGE_JAVA_HOME%"
if not defined DB_JAVA if defined JAVA_HOME call :try "%JAVA_HOME%"
for %%J in (java.exe) do if not defined DB_JAVA if not "%%~$PATH:J"=="" call :try "%%~dp$PATH:J.."
for /d %%J in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk-*" "%ProgramFiles%\Zulu\*" "%USERPROFILE%\.jdks\*") do if not defined DB_JAVA call :try "%%~J"
if not defined DB_JAVA (
  >&2 echo drawbridge: no Java 25 or newer was found. Install one ^(winget install EclipseAdoptium.Temurin.25.JDK^),
  >&2 echo   or point DRAWBRIDGE_JAVA_HOME at the folder of one you have.
  exit /b 1
)

set "DB_ROLE=cli"
set "DB_JAR=drawbridge-cli.jar"
set "DB_TRAINED=cli"
if "%~1"=="lsp" set "DB_ROLE=relay" & set "DB_TRAINED=lsp" & set "DB_JAR=drawbridge.jar"
if "%~1"=="proxy" set "DB_ROLE=relay" & set "DB_TRAINED=proxy" & set "DB_JAR=drawbridge.jar"
if "%~1"=="daemon" set "DB_ROLE=daemon" & set "DB_TRAINED=daemon" & set "DB_JAR=drawbridge-daemon.jar"
if "%~1"=="demo" set "DB_ROLE=demo" & set "DB_JAR=drawbridge-demo.jar"
"%DB_JAVA%" "@%DB_HOME%\lib\%DB_ROLE%.jvmargs" "-XX:AOTCache=%DB_HOME%\lib\%DB_TRAINED%.aot" "-Ddrawbridge.home=%DB_HOME%" -cp "%DB_HOME%\lib\%DB_JAR%" dev.drawbridge.Main %*
exit /b %ERRORLEVEL%

:try
if not exist "%~1\bin\java.exe" exit /b
if not exist "%~1\release" exit /b
for /f tokens^=2^ delims^=^=.^" %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do if %%V GEQ 25 set "DB_JAVA=%~1\bin\java.exe"
exit /b
